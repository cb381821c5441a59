"""Why a command cannot start. Apart from `faults`, whose looking at processes takes a policy command a tenth longer."""


class StartError(RuntimeError):
    """Växel cannot start; the message says why, and what to do about it."""
