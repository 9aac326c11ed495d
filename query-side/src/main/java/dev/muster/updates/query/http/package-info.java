/** Questions about devices, releases, rollouts and settings over HTTP. */
@NullMarked
package dev.muster.updates.query.http;

import org.jspecify.annotations.NullMarked;
