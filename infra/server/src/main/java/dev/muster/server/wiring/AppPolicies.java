package dev.muster.server.wiring;

import dev.muster.kernel.Policy;
import java.util.List;

/** The standing rules of apps and their rollouts. */
record AppPolicies(List<Policy> all) {}
