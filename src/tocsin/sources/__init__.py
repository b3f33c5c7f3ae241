"""What the authorities and catalogues publish: one module a source, bytes in, nouns out.

Each module tells publisher, licence, address and cadence in ``ABOUT``. Nothing here fetches or stores.
"""

from tocsin.sources.catalogue import About, Catalogue, Dataset, DatasetSource, Given, ListSource, Parsed, PartyList

__all__ = ["About", "Catalogue", "Dataset", "DatasetSource", "Given", "ListSource", "Parsed", "PartyList"]
