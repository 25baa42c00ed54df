"""The coming days, decided by the code of the daily run and with no effect (design §5 rule 12)."""

from relance.application.simulation.result import HeldPeriod, SimulatedAction, Simulation
from relance.application.simulation.simulate import simulate

__all__ = ["HeldPeriod", "SimulatedAction", "Simulation", "simulate"]
