/** How groups are asked for over HTTP. */
@NullMarked
package dev.muster.staging.command.http;

import org.jspecify.annotations.NullMarked;
