"""Who is behind whom, and what do they do? The graph over parties, actors and techniques, and names → nodes."""

from tocsin.knowledge.build import open_graph
from tocsin.knowledge.graph import Graph, Node
from tocsin.knowledge.pack import Completeness
from tocsin.knowledge.profile import profile_of
from tocsin.knowledge.resolve import Found, resolve, sure

__all__ = ["Completeness", "Found", "Graph", "Node", "open_graph", "profile_of", "resolve", "sure"]
