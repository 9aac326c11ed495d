/** Reads and stores what says how devices are observed: dashboards in JSON, rule files in YAML. */
@NullMarked
package dev.muster.observe.documents;

import org.jspecify.annotations.NullMarked;
