#ifndef CBOOSTMATH_H
#define CBOOSTMATH_H

/// Distribution functions of Boost.Math behind a C door.
/// Nothing throws and errno is left alone: an argument outside the domain answers NaN,
/// and so does a result that a double cannot hold.

#ifdef __cplusplus
extern "C" {
#endif

/// P(Z <= z) for the standard normal Z.
double boost_normal_cdf(double z);

/// The z with P(Z <= z) = p, for 0 < p < 1.
double boost_normal_quantile(double p);

/// The x with P(X <= x) = p, for chi-square X with `degrees` > 0 degrees of freedom and 0 <= p < 1.
double boost_chi_square_quantile(double degrees, double p);

/// The x with P(X > x) = q, for 0 < q <= 1: keeps its digits where 1 - q would lose them.
double boost_chi_square_upper_quantile(double degrees, double q);

/// P(X > x), for chi-square X and x >= 0.
double boost_chi_square_upper_tail(double degrees, double x);

/// P(T > t), for Student's T with `degrees` > 0 degrees of freedom.
double boost_students_t_upper_tail(double degrees, double t);

/// The t with P(T > t) = q, for 0 < q < 1.
double boost_students_t_upper_quantile(double degrees, double q);

#ifdef __cplusplus
}
#endif

#endif
