"""JAX: a whole epoch as one compiled function, jit around lax.scan."""

from __future__ import annotations

import importlib.util

import numpy as np

from tests.benchmarks.speed.task import (
    CLASSES,
    HIDDEN,
    INPUTS,
    LEARNING_RATE,
    MOMENTUM,
    Task,
    UnavailableError,
)


def seconds_per_epoch(task: Task, platform: str = "cpu", precision: str = "default") -> list[float]:
    """With the threads that JAX takes by itself; compiled before the timed epochs.

    Args:
        task: What to do.
        platform: ``cpu`` or ``cuda``.
        precision: Of products; only other devices than the CPU know less than the highest.
    """
    if importlib.util.find_spec("jax") is None:
        raise UnavailableError("JAX is not installed")
    import jax
    import jax.numpy as jnp

    if jax.config.jax_platforms != platform:
        jax.config.update("jax_platforms", platform)
    jax.config.update("jax_default_matmul_precision", precision)
    inputs, labels = jnp.asarray(task.inputs.numpy()), jnp.asarray(task.labels.numpy().astype(np.int32))
    full = len(task.digits) // task.batch_size * task.batch_size

    def loss_of(parameters, batch, targets):
        first, first_bias, second, second_bias = parameters
        hidden = jax.nn.relu(batch @ first + first_bias)
        logarithms = jax.nn.log_softmax(hidden @ second + second_bias)
        return -jnp.take_along_axis(logarithms, targets[:, None], axis=1).mean()

    def take_step(state, chosen):
        parameters, velocities = state
        gradients = jax.grad(loss_of)(parameters, inputs[chosen], labels[chosen])
        velocities = jax.tree.map(lambda v, gradient: MOMENTUM * v + gradient, velocities, gradients)
        parameters = jax.tree.map(lambda p, v: p - LEARNING_RATE * v, parameters, velocities)
        return (parameters, velocities), None

    def whole_epoch(state, order):
        state, _ = jax.lax.scan(take_step, state, order[:full].reshape(-1, task.batch_size))
        if full < len(order):
            state, _ = take_step(state, order[full:])
        return state

    compiled = jax.jit(whole_epoch, donate_argnums=0)
    random = np.random.default_rng(1)
    shapes = ((INPUTS, HIDDEN), (HIDDEN,), (HIDDEN, CLASSES), (CLASSES,))
    parameters = [0.05 * jnp.asarray(random.standard_normal(shape, np.float32)) for shape in shapes]
    held = [(parameters, [jnp.zeros_like(each) for each in parameters])]

    def run_epoch() -> None:
        # NumPy shuffles: on a CPU, JAX's own shuffling costs more than the training.
        order = random.permutation(len(task.digits)).astype(np.int32)
        held[0] = jax.block_until_ready(compiled(held[0], order))

    return task.timed(run_epoch)
