/** The lab over HTTP: boards, classes, queued requests, use. Shows to each caller what is theirs to see. */
@NullMarked
package dev.muster.lab.query.http;

import org.jspecify.annotations.NullMarked;
