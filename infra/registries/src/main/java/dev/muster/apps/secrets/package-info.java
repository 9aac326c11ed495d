/** What agents prove themselves with, sealed outside the log. */
@NullMarked
package dev.muster.apps.secrets;

import org.jspecify.annotations.NullMarked;
