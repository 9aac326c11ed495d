/** The serial lines of boards: devices of this machine, raw TCP and RFC 2217, and everybody who looks at them. */
@NullMarked
package dev.muster.lab.console;

import org.jspecify.annotations.NullMarked;
