/**
 * Agents that run apps on devices, simulated: each over a WebSocket of its own, in the order in which the real one does
 * things, with its states, its traps and the bad manners it is known for. Nothing of the router's is used here: what is
 * wrong there shows.
 */
@NullMarked
package dev.muster.apps.simulator;

import org.jspecify.annotations.NullMarked;
