"""What training lowers. All take unit vectors of shape (n, dimension) and return a mean over the n rows."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional


def contrast(
    first: Tensor, second: Tensor, scale: float, same: Tensor | None = None, others: Tensor | None = None
) -> Tensor:
    """Return how far each row is from picking its partner out of the batch, both ways (InfoNCE, van den Oord 2018).

    Args:
        first: one side.
        second: the other side; row i belongs to row i.
        scale: what cosines are multiplied by before the softmax.
        same: shape (n, n), true where row and column belong together though they stand at different places.
        others: further vectors that belong to no row of `first`.
    """
    cosines = first @ second.T
    if same is not None:
        cosines = cosines.masked_fill(same, -1.0)
    right = torch.arange(len(first))
    rows = cosines if others is None else torch.cat([cosines, first @ others.T], dim=1)
    return 0.5 * (functional.cross_entropy(scale * rows, right) + functional.cross_entropy(scale * cosines.T, right))


def towards(vectors: Tensor, goals: Tensor) -> Tensor:
    """Return one minus the mean cosine with the goals."""
    return 1.0 - (vectors * goals).sum(dim=1).mean()


def relations(vectors: Tensor, others: Tensor, wanted: Tensor, scale: float) -> Tensor:
    """Return how far the cosines between two sides are from the wanted ones, as distributions over the batch.

    The Kullback-Leibler divergence from softmax(scale * wanted) to softmax(scale * cosines), row by row.
    """
    goal = functional.log_softmax(scale * wanted, dim=1)
    found = functional.log_softmax(scale * (vectors @ others.T), dim=1)
    return functional.kl_div(found, goal, reduction="batchmean", log_target=True)


def order(cosines: Tensor, scores: Tensor, scale: float) -> Tensor:
    """Return how often pairs that people scored lower have the higher cosine (CoSENT, Su 2022)."""
    gaps = scale * (cosines[:, None] - cosines[None, :])
    wrong = gaps[scores[:, None] < scores[None, :]]
    return torch.logsumexp(torch.cat([torch.zeros(1), wrong]), dim=0)


def nearer(anchor: Tensor, right: Tensor, wrong: Tensor, scale: float) -> Tensor:
    """Return how far the anchor is from being nearer to the right one than to the wrong one (logistic loss)."""
    return functional.softplus(scale * ((anchor * wrong).sum(dim=1) - (anchor * right).sum(dim=1))).mean()
