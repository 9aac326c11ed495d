package dev.muster.server.wiring;

import dev.muster.kernel.Policy;
import java.util.List;

/** The standing rules of configuration rollouts. */
record ConfigRolloutPolicies(List<Policy> all) {}
