/** Events of updates become documents: actions, rollouts and their members. */
@NullMarked
package dev.muster.updates.view;

import org.jspecify.annotations.NullMarked;
