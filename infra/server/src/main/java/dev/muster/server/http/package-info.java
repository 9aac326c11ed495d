/** What is the same for every HTTP request: its trace, its address, problems, JSON, positions, idempotency. */
@NullMarked
package dev.muster.server.http;

import org.jspecify.annotations.NullMarked;
