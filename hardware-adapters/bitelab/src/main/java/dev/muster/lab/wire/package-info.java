/**
 * The board lab's API for lab clients: boards over HTTP, and through WebSockets their ssh servers, commands and serial
 * consoles. An ssh server for fresh tokens stands beside it.
 */
@NullMarked
package dev.muster.lab.wire;

import org.jspecify.annotations.NullMarked;
