/* The routines of LAPACK that we call, as Fortran has them: everything by address, matrices by column. Declared here
   because Debian ships headers for them only with LAPACKE. */
#ifndef HOLDFAST_CLAPACK_H
#define HOLDFAST_CLAPACK_H

/* Cholesky factor of a symmetric positive definite matrix; info > 0 when it is not. */
extern void dpotrf_(const char *uplo, const int *n, double *a, const int *lda, int *info);
/* Solves with that factor. */
extern void dpotrs_(
    const char *uplo, const int *n, const int *nrhs, const double *a, const int *lda, double *b, const int *ldb, int *info);
/* The inverse from that factor, in the same triangle. */
extern void dpotri_(const char *uplo, const int *n, double *a, const int *lda, int *info);

#endif
