/**
 * Environments of reservations and programs in them, on Linux.
 *
 * <p>Each program leads a session of its own, by {@code setsid} of util-linux or by its terminal, so one {@code kill} to
 * its process group reaches it and all that it started, unless that left the group on purpose.
 *
 * <p>Its pipes are ours and not the JDK's. A virtual thread that blocks in reading a pipe of the JDK keeps a carrier; there
 * are 256 at most, so that many idle streams stop all virtual threads of the server (measured on JDK 25: at 200 blocked
 * readers others still ran, at 300 none did). And when a program ends, the JDK reads what is left in its pipes whether or
 * not anybody asked, and closes them. Here one thread asks the kernel which pipes are ready, and virtual threads read and
 * write only those, and only what was asked for.
 */
@NullMarked
package dev.muster.lab.environment;

import org.jspecify.annotations.NullMarked;
