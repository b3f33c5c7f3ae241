"""What do we hold? Snapshots of lists and catalogues, and the compiled cache, all under ``TOCSIN_HOME``."""

from tocsin.store.home import changed, home, write_whole
from tocsin.store.intake import Intake, take_from
from tocsin.store.snapshots import Held, Snapshots

__all__ = ["Held", "Intake", "Snapshots", "changed", "home", "take_from", "write_whole"]
