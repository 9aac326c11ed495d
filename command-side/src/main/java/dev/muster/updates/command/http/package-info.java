/** Orders about software and rollouts over HTTP. */
@NullMarked
package dev.muster.updates.command.http;

import org.jspecify.annotations.NullMarked;
