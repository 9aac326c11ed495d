/** A fleet of simulated devices over real HTTP, and the story that the demo tells with them. */
@NullMarked
package dev.muster.updates.simulator;

import org.jspecify.annotations.NullMarked;
