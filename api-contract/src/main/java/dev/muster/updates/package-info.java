/** Software releases, actions on devices and rollouts over many of them. */
@NullMarked
package dev.muster.updates;

import org.jspecify.annotations.NullMarked;
