/**
 * The engine of configuration registries: reads schemas and views, reads and writes databags through them. Pure: it
 * knows nothing of stores, threads and clocks. Sources are the sections of the contract for configuration registries.
 */
@NullMarked
package dev.muster.config.engine;

import org.jspecify.annotations.NullMarked;
