/** Answers about devices and their software: the fleet index, filters, releases, settings, actions and rollouts. */
@NullMarked
package dev.muster.updates.query;

import org.jspecify.annotations.NullMarked;
