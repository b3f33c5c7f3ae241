"""Who is behind whom, and what do they do? The graph over parties, actors and techniques, and names → nodes."""

from tocsin.knowledge.cache import open_graph
from tocsin.knowledge.graph import Graph, Node
from tocsin.knowledge.profile import profile_of
from tocsin.knowledge.resolve import Found, resolve, sure
from tocsin.knowledge.tables import Completeness
from tocsin.knowledge.who import Who, who

__all__ = ["Completeness", "Found", "Graph", "Node", "Who", "open_graph", "profile_of", "resolve", "sure", "who"]
