"""Is something unlike what is usual? One analytic a module, all with the same three: feed, findings, faults."""

from tocsin.hunt.kinds import AddressKind, AddressKinds
from tocsin.hunt.published import watch_of
from tocsin.hunt.run import NAMES, Hunt, Hunts
from tocsin.hunt.watch import Watch, Watched

__all__ = ["NAMES", "AddressKind", "AddressKinds", "Hunt", "Hunts", "Watch", "Watched", "watch_of"]
