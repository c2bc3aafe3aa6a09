#include "CDecimal.h"

#include <charconv>
#include <cmath>

int decimal_read(const unsigned char *bytes, long count, double *number) {
    const char *first = reinterpret_cast<const char *>(bytes);
    const char *last = first + count;
    // from_chars knows no plus sign, and knows words such as "inf".
    if (count > 1 && *first == '+' && first[1] != '-') ++first;
    double read = 0;
    const std::from_chars_result result = std::from_chars(first, last, read);
    if (result.ec != std::errc() || result.ptr != last || !std::isfinite(read)) return 0;
    *number = read;
    return 1;
}
