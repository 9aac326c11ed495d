package dev.muster.server.wiring;

import dev.muster.kernel.Policy;
import java.util.List;

/** The standing rules of update modes. */
record ModePolicies(List<Policy> all) {}
