/** Measures the real server, in a process of its own, from another, and prints what was promised beside what is. */
@NullMarked
package dev.muster.benchmarks;

import org.jspecify.annotations.NullMarked;
