/** YAML as PyYAML reads and writes it, for what rule files contain. */
@NullMarked
package dev.muster.observe.documents.yaml;

import org.jspecify.annotations.NullMarked;
