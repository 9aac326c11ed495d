/** Decisions about update modes and the rollouts of feeds. */
@NullMarked
package dev.muster.updates.modes.command;

import org.jspecify.annotations.NullMarked;
