/** Files on their way to devices: ranges, conditions, names in headers. */
@NullMarked
package dev.muster.files;

import org.jspecify.annotations.NullMarked;
