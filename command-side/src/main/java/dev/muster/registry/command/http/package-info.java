/** Orders about devices over HTTP. */
@NullMarked
package dev.muster.registry.command.http;

import org.jspecify.annotations.NullMarked;
