/**
 * The cloud of agents that run apps on devices, as they know it through the router: what they may do there, what they
 * ask, and what is asked of them.
 */
@NullMarked
package dev.muster.apps.reagent;

import org.jspecify.annotations.NullMarked;
