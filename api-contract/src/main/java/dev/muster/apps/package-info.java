/** Containers on devices: projects, agents, apps and their releases, what should run where, and what does. */
@NullMarked
package dev.muster.apps;

import org.jspecify.annotations.NullMarked;
