/** Decisions about releases, actions and rollouts, and the rules that follow them. */
@NullMarked
package dev.muster.updates.command;

import org.jspecify.annotations.NullMarked;
