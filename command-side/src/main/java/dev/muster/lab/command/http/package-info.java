/** Where orders about the lab come in over HTTP. */
@NullMarked
package dev.muster.lab.command.http;

import org.jspecify.annotations.NullMarked;
