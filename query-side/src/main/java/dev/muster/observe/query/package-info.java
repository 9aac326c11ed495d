/** Answers about what is seen of devices: enrolments and documents in memory, links, service discovery, rule books. */
@NullMarked
package dev.muster.observe.query;

import org.jspecify.annotations.NullMarked;
