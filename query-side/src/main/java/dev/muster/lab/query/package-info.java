/** Answers about the lab: boards, requests and their use, all in memory, folded from the log. */
@NullMarked
package dev.muster.lab.query;

import org.jspecify.annotations.NullMarked;
