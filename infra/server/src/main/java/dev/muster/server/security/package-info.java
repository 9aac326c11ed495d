/** Who may come in and what they may do, for everything but the device protocol, which has its own door. */
@NullMarked
package dev.muster.server.security;

import org.jspecify.annotations.NullMarked;
