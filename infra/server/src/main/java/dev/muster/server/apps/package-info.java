/**
 * What people need of agents beside commands and answers: shells through WebSockets, and numbers of the agents' wire.
 */
@NullMarked
package dev.muster.server.apps;

import org.jspecify.annotations.NullMarked;
