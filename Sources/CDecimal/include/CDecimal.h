#ifndef CDECIMAL_H
#define CDECIMAL_H

#ifdef __cplusplus
extern "C" {
#endif

/// Reads the whole of `count` bytes as a decimal number such as 1, -2.5 or 3e-7, rounded to the nearest double, whatever
/// the locale. Answers 1 when they are one, else 0 and leaves `number` alone. Infinities and NaN are no numbers.
int decimal_read(const unsigned char *bytes, long count, double *number);

#ifdef __cplusplus
}
#endif

#endif
