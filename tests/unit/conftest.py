"""What Hypothesis does in all tests here."""

from hypothesis import HealthCheck, settings

# The same examples in each run; nothing is stored, and a busy machine is no failure.
settings.register_profile(
    "bplib",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
settings.load_profile("bplib")
