/** What reading JSON and YAML have in common. */
@NullMarked
package dev.muster.observe.documents.text;

import org.jspecify.annotations.NullMarked;
