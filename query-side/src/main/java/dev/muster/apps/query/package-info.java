/** What is known of projects, agents, apps and devices that run them, in memory. */
@NullMarked
package dev.muster.apps.query;

import org.jspecify.annotations.NullMarked;
