/** Policies and timers at work. */
@NullMarked
package dev.muster.server.policy;

import org.jspecify.annotations.NullMarked;
