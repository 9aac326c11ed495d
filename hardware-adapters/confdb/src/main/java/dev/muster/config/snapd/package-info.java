/**
 * The API that a device's own programs know from snapd: views of registries, changes, settings of snaps. One UNIX socket
 * for each device, and the same over TCP for whoever shows a token.
 */
@NullMarked
package dev.muster.config.snapd;

import org.jspecify.annotations.NullMarked;
