/** History over HTTP: live events, the feed, audit, timelines. */
@NullMarked
package dev.muster.overview.query.http;

import org.jspecify.annotations.NullMarked;
