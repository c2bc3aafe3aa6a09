#include "CBoostMath.h"

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

namespace {

namespace policies = boost::math::policies;

// "ignore_error" answers NaN or infinity where Boost would otherwise throw.
using Silent = policies::policy<
    policies::domain_error<policies::ignore_error>,
    policies::pole_error<policies::ignore_error>,
    policies::overflow_error<policies::ignore_error>,
    policies::evaluation_error<policies::ignore_error>,
    policies::rounding_error<policies::ignore_error>,
    policies::indeterminate_result_error<policies::ignore_error>>;

using Normal = boost::math::normal_distribution<double, Silent>;
using ChiSquare = boost::math::chi_squared_distribution<double, Silent>;
using StudentsT = boost::math::students_t_distribution<double, Silent>;

// An exception that reached Swift would end the process: the policy should leave none, the catch makes sure.
template <typename Compute>
double guarded(Compute compute) noexcept {
    try {
        const double result = compute();
        return std::isfinite(result) ? result : std::numeric_limits<double>::quiet_NaN();
    } catch (...) {
        return std::numeric_limits<double>::quiet_NaN();
    }
}

}  // namespace

double boost_normal_cdf(double z) {
    return guarded([=] { return boost::math::cdf(Normal(0, 1), z); });
}

double boost_normal_quantile(double p) {
    return guarded([=] { return boost::math::quantile(Normal(0, 1), p); });
}

double boost_chi_square_quantile(double degrees, double p) {
    return guarded([=] { return boost::math::quantile(ChiSquare(degrees), p); });
}

double boost_chi_square_upper_quantile(double degrees, double q) {
    return guarded([=] { return boost::math::quantile(boost::math::complement(ChiSquare(degrees), q)); });
}

double boost_chi_square_upper_tail(double degrees, double x) {
    return guarded([=] { return boost::math::cdf(boost::math::complement(ChiSquare(degrees), x)); });
}

double boost_students_t_upper_tail(double degrees, double t) {
    return guarded([=] { return boost::math::cdf(boost::math::complement(StudentsT(degrees), t)); });
}

double boost_students_t_upper_quantile(double degrees, double q) {
    return guarded([=] { return boost::math::quantile(boost::math::complement(StudentsT(degrees), q)); });
}
